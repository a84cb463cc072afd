/** Pictures on buttons that have no words; the button says what it does. */

const teeth = [0, 45, 90, 135, 180, 225, 270, 315];

export function Gear() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2.5">
      <circle cx="12" cy="12" r="6.2" />
      <circle cx="12" cy="12" r="2" />
      <g stroke-linecap="round">
        {teeth.map((turn) => (
          <path key={turn} d="M12 4.6V2.6" transform={`rotate(${turn} 12 12)`} />
        ))}
      </g>
    </svg>
  );
}

/** With waves while there is sound, crossed out while there is none. */
export function Speaker({ isOn }: { isOn: boolean }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      stroke-width="2.5"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d="M3 9.5v5h3.5L11.5 19V5L6.5 9.5Z" fill="currentColor" />
      <path d={isOn ? 'M15.3 9a4.5 4.5 0 0 1 0 6M18.3 6.2a8.4 8.4 0 0 1 0 11.6' : 'm16 9.5 5 5m0-5-5 5'} />
    </svg>
  );
}

export function Dice() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <rect x="3" y="3" width="18" height="18" rx="5" fill="none" stroke="currentColor" stroke-width="2.5" />
      {[
        [8, 8],
        [16, 8],
        [12, 12],
        [8, 16],
        [16, 16],
      ].map(([x, y]) => (
        <circle key={`${x} ${y}`} cx={x} cy={y} r="1.7" fill="currentColor" />
      ))}
    </svg>
  );
}

const signs = { won: 'm5 12.5 4.5 5L19 7', drawn: 'M6 9h12M6 15h12', lost: 'm7 7 10 10m0-10L7 17' };

/** How a match went: a tick, two bars alike, or a cross. */
export function OutcomeSign({ outcome }: { outcome: keyof typeof signs }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="4">
      <path d={signs[outcome]} stroke-linecap="round" stroke-linejoin="round" />
    </svg>
  );
}

/** Something to watch. */
export function PlaySign() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path
        d="M8 5.5v13l10.5-6.5Z"
        fill="currentColor"
        stroke="currentColor"
        stroke-width="3"
        stroke-linejoin="round"
      />
    </svg>
  );
}
