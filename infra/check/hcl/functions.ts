/** Terraform's functions that the conditions of variables call, and the services' secrets. */

type Value = unknown;

const list = (value: Value): Value[] => {
  if (!Array.isArray(value)) throw new Error(`${JSON.stringify(value)} is no list`);
  return value;
};

const text = (value: Value): string => {
  if (typeof value === 'object') throw new Error(`${JSON.stringify(value)} is no text`);
  return String(value);
};

/** Each throws where Terraform's would fail. `can` is not among them: it looks at whether another one throws. */
export const functions: Record<string, (...args: Value[]) => Value> = {
  alltrue: (all) => list(all).every((each) => each === true),
  anytrue: (all) => list(all).some((each) => each === true),
  contains: (all, one) => list(all).includes(one),
  distinct: (all) => [...new Set(list(all))],
  endswith: (whole, end) => text(whole).endsWith(text(end)),
  floor: (number) => Math.floor(Number(number)),
  join: (between, all) => list(all).map(text).join(text(between)),
  keys: (of) => Object.keys(of as object).sort(),
  length: (of) =>
    typeof of === 'string' || Array.isArray(of) ? of.length : Object.keys(of as object).length,
  lower: (whole) => text(whole).toLowerCase(),
  merge: (...all) => Object.assign({}, ...all),
  startswith: (whole, start) => text(whole).startsWith(text(start)),
  toset: (all) => Object.fromEntries(list(all).map((each) => [each, each])),
  tostring: (one) => text(one),
  regex: (pattern, whole) => {
    const found = text(whole).match(new RegExp(text(pattern)));
    if (!found) throw new Error(`${text(whole)} does not match ${text(pattern)}`);
    return found[0];
  },
  cidrnetmask: (cidr) => {
    const [, a = '', b = '', c = '', d = '', bits = ''] =
      text(cidr).match(/^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/) ?? [];
    if (bits === '' || Number(bits) > 32 || [a, b, c, d].some((each) => Number(each) > 255)) {
      throw new Error(`${text(cidr)} is no network`);
    }
    const mask = Number(bits) === 0 ? 0 : (0xffffffff << (32 - Number(bits))) >>> 0;
    return [24, 16, 8, 0].map((shift) => (mask >>> shift) & 255).join('.');
  },
};
