import type { Expression as Kind } from '../../match/verdict.ts';

/** What a cookie's face says of the result; drawn on a `CookieArt` that leaves room for it. */
export function Expression({ kind }: { kind: Kind }) {
  return (
    <svg class="expression" viewBox="0 0 200 200" aria-hidden="true">
      <ellipse class="expression__cheek" cx="50" cy="116" rx="12" ry="8" />
      <ellipse class="expression__cheek" cx="150" cy="116" rx="12" ry="8" />
      <Features kind={kind} />
    </svg>
  );
}

function Features({ kind }: { kind: Kind }) {
  switch (kind) {
    case 'proud':
      return (
        <>
          <path class="expression__line" d="M58 98q13-22 26 0M116 98q13-22 26 0" />
          <path class="expression__ink" d="M70 112q30 9 60 0q-2 44-30 44t-30-44z" />
          <path class="expression__tongue" d="M84 146q16-17 32 0q-7 10-16 10t-16-10z" />
          <path class="expression__crown" d="M60 34L48-14L78 8L100-26L122 8L152-14L140 34Q100 20 60 34Z" />
          <circle class="expression__jewel" cx="100" cy="9" r="7" />
        </>
      );
    case 'sad':
      return (
        <>
          <Eyes />
          <path class="expression__line" d="M56 78l26-12M144 78l-26-12M78 142q22-24 44 0" />
          <path class="expression__tear" d="M142 112c14 18 13 28 0 28s-14-10 0-28z" />
        </>
      );
    case 'shared':
      return (
        <>
          <Eyes />
          <path class="expression__line" d="M72 118q28 30 56 0" />
        </>
      );
    case 'puzzled':
      return (
        <>
          <circle class="expression__white" cx="72" cy="101" r="17" />
          <circle class="expression__white" cx="128" cy="101" r="17" />
          <circle class="expression__ink" cx="79" cy="101" r="8" />
          <circle class="expression__ink" cx="135" cy="101" r="8" />
          <path class="expression__line" d="M58 76q12-13 27-3M111 68q12-9 25 0" />
          <ellipse class="expression__ink" cx="102" cy="138" rx="10" ry="12" />
        </>
      );
    case 'asleep':
      return (
        <>
          <path class="expression__line" d="M58 98q13 13 26 0M116 98q13 13 26 0" />
          <ellipse class="expression__ink" cx="100" cy="134" rx="9" ry="10" />
          <path class="expression__snore" d="M158 22h26l-26 30h26M194-18h18l-18 21h18" />
        </>
      );
  }
}

function Eyes() {
  return (
    <>
      <ellipse class="expression__ink" cx="71" cy="96" rx="11" ry="14" />
      <ellipse class="expression__ink" cx="129" cy="96" rx="11" ry="14" />
      <circle class="expression__shine" cx="75" cy="91" r="4.4" />
      <circle class="expression__shine" cx="133" cy="91" r="4.4" />
    </>
  );
}
