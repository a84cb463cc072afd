import type { Role } from '@overcookied/shared/protocol.ts';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Timeline } from '../replay/timeline.ts';
import { type Texts, texts } from '../texts/texts.ts';
import { headline } from './headline.ts';
import { rasterize } from './rasterize.ts';
import { canCopy, canSend, copy, download, fileOf, send } from './send.ts';
import './share.css';
import { SharePicture, size } from './share-picture.tsx';

export interface ShareDialogProps {
  timeline: Timeline;
  /** The player's own side. */
  mine: Role;
  onClose(): void;
}

/** Which of its words tells how it goes: the words themselves would stay in the language that they were said in. */
type Said = keyof Texts['result']['share'];

/** Shows the picture of a match, and sends it where the player wants. */
export function ShareDialog({ timeline, mine, onClose }: ShareDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const drawing = useRef<SVGSVGElement>(null);
  const file = useSignal<File | undefined>(undefined);
  const words = texts.value.result.share;
  const said = useSignal<Said | undefined>('making');

  useEffect(() => {
    dialog.current?.showModal();
    if (!drawing.current) return;
    rasterize(drawing.current, size.width, size.height).then(
      (picture) => {
        file.value = fileOf(picture);
        said.value = undefined;
      },
      () => {
        said.value = 'noPicture';
      },
    );
  }, []);

  /** Does it, and says what came of it. */
  const attempt = async (
    what: (file: File) => void | Promise<void>,
    done: Said | undefined,
    failed: Said,
  ) => {
    if (!file.value) return;
    try {
      await what(file.value);
      said.value = done;
    } catch {
      said.value = failed;
    }
  };

  const ready = file.value;
  const text = `${headline(timeline)} ${location.origin}`;
  return (
    <dialog
      ref={dialog}
      class="panel share"
      aria-labelledby="share-title"
      data-testid="share-dialog"
      onClose={onClose}
    >
      <h2 id="share-title">{words.title}</h2>
      <SharePicture timeline={timeline} mine={mine} drawing={drawing} />
      <div class="share__actions">
        {ready && canSend(ready) && (
          <button
            class="button"
            type="button"
            data-testid="share-send"
            onClick={() => void attempt((it) => send(it, text), undefined, 'notSent')}
          >
            {words.send}
          </button>
        )}
        <button
          class="button"
          type="button"
          data-testid="share-download"
          disabled={!ready}
          onClick={() => void attempt(download, 'downloaded', 'notDownloaded')}
        >
          {words.download}
        </button>
        {canCopy() && (
          <button
            class="button"
            type="button"
            data-testid="share-copy"
            disabled={!ready}
            onClick={() => void attempt(copy, 'copied', 'notCopied')}
          >
            {words.copy}
          </button>
        )}
        <button class="button button--quiet" type="button" onClick={() => dialog.current?.close()}>
          {words.close}
        </button>
      </div>
      <output class="share__said" data-testid="share-said">
        {said.value && words[said.value]}
      </output>
    </dialog>
  );
}
