/** Short matches, so that as many end as begin, as in the long run of a real system. */
export const shortRules = { countdownMs: 500, matchMs: 1_500 };
