const blob = 'M100 26C142 24 180 56 184 104C187 150 152 182 100 182C48 182 13 150 16 104C20 56 58 28 100 26Z';

/** A ball of dough with a face. How far it is baked the style says, by `--rise`. */
export function DoughArt() {
  return (
    <>
      <path class="dough__side" d={blob} transform="translate(0 6)" />
      <path class="dough__body" d={blob} />
      <path class="dough__shine" d="M44 82C54 58 74 46 98 44" />
      <ellipse class="dough__cheek" cx="56" cy="122" rx="13" ry="8" />
      <ellipse class="dough__cheek" cx="144" cy="122" rx="13" ry="8" />
    </>
  );
}

/** What is left of the dough once it is baked. */
export function RollArt() {
  return (
    <svg viewBox="0 0 200 200" aria-hidden="true">
      <path class="roll__side" d={blob} transform="translate(0 6)" />
      <path class="roll__body" d={blob} />
      <path class="roll__cut" d="M62 78l26 46M92 66l26 58M124 66l22 50" />
    </svg>
  );
}
