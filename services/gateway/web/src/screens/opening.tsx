import { Logo } from '../components/logo.tsx';
import { texts } from '../texts/texts.ts';

/** The moment until it is known who plays. */
export function Opening() {
  return <FirstPaint text={texts.value.opening} />;
}

/** What the page shows before it has its script: the build writes it into the page, without a text, since it knows no language. */
export function FirstPaint({ text }: { text: string }) {
  return (
    <main class="screen opening">
      <Logo />
      <p>{text}</p>
    </main>
  );
}
