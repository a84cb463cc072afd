import { watching } from '../../state/watching.ts';
import { texts } from '../../texts/texts.ts';
import { Logo } from '../logo.tsx';
import { SettingsMenu } from '../settings/settings-menu.tsx';
import { Share } from './share.tsx';

/** The way to the game, whether this is live, and what sends it to friends. */
export function WatchTop() {
  const isLive = watching.stage.value === 'live';
  return (
    <header class="watch__top">
      <a class="watch__home" href="/" aria-label={texts.value.watch.home}>
        <Logo />
      </a>
      <span class={isLive ? 'badge badge--live' : 'badge'} data-testid="watch-badge">
        {isLive ? texts.value.watch.live : texts.value.watch.replay}
      </span>
      <div class="watch__tools">
        <Share />
        <SettingsMenu />
      </div>
    </header>
  );
}
