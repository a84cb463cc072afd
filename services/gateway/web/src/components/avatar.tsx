import { useState } from 'preact/hooks';
import { initials } from '../names.ts';

/** A player's picture, or the initials where there is none. It says nothing that the name beside it does not. */
export function Avatar({ name, picture }: { name: string; picture: string }) {
  const [broken, setBroken] = useState<string>();
  return (
    <span class="avatar" aria-hidden="true">
      {picture && picture !== broken ? (
        <img src={picture} alt="" referrerpolicy="no-referrer" onError={() => setBroken(picture)} />
      ) : (
        initials(name)
      )}
    </span>
  );
}
