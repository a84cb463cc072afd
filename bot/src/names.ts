const pastries = [
  'Brioche',
  'Bagel',
  'Cannoli',
  'Croissant',
  'Eclair',
  'Macaron',
  'Muffin',
  'Pretzel',
  'Scone',
  'Strudel',
];

/** A bot's name by its number from 0 on: `Bot Brioche 1`. */
export function botName(index: number): string {
  return `Bot ${pastries[index % pastries.length]} ${index + 1}`;
}
