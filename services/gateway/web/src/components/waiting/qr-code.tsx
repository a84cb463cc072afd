import { useEffect, useState } from 'preact/hooks';
import { texts } from '../../texts/texts.ts';
import type { QrCode as Drawing } from './qr.ts';

/** A link to scan. What draws it is loaded only when somebody invites. */
export function QrCode({ link }: { link: string }) {
  const [drawing, setDrawing] = useState<Drawing>();
  useEffect(() => {
    let isGone = false;
    import('./qr.ts').then(
      ({ qrOf }) => !isGone && setDrawing(qrOf(link)),
      // The link beside it does the same.
      () => setDrawing(undefined),
    );
    return () => {
      isGone = true;
    };
  }, [link]);
  if (!drawing) return null;
  const { size, path } = drawing;
  return (
    <figure class="qr">
      <svg
        class="qr__code"
        viewBox={`0 0 ${size} ${size}`}
        shape-rendering="crispEdges"
        role="img"
        aria-label={texts.value.inviting.qr}
        data-testid="qr"
      >
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#2b160c" />
      </svg>
      <figcaption>{texts.value.inviting.scan}</figcaption>
    </figure>
  );
}
