import { botIdPrefix, type Identity } from '@overcookied/shared/tokens.ts';
import { nanoid } from 'nanoid';

/** Each says that it is a bot: whoever plays against one is to know. */
export const botNames = [
  'Biscotti (bot)',
  'Crumbs (bot)',
  'Gingersnap (bot)',
  'Oatmeal (bot)',
  'Shortbread (bot)',
  'Snickerdoodle (bot)',
] as const;

/** Somebody new for every bot, so that none can be taken for another one that is still playing. */
export function botIdentity(): Identity {
  const name = botNames[Math.floor(Math.random() * botNames.length)] ?? botNames[0];
  return { id: `${botIdPrefix}${nanoid()}`, name, picture: '', email: '' };
}
