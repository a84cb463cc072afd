const rules = new Intl.PluralRules('en', { type: 'ordinal' });
const number = new Intl.NumberFormat('en');
const endings: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** A place in a row as English says it: 42 → "42nd". */
export const ordinal = (place: number): string =>
  number.format(place) + (endings[rules.select(place)] ?? 'th');
