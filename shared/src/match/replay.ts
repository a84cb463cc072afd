/** How a recording is kept for weeks: as JSON in a third of its bytes, since most of it are rows of small digits. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { Recording } from '../api.ts';
import { makeSense } from './senseless-recording.ts';

export const packReplay = (recording: Recording): Buffer => deflateRawSync(JSON.stringify(recording));

/** @throws SenselessRecording when it was not packed by `packReplay` */
export const unpackReplay = (packed: Buffer): Recording =>
  makeSense(() => Recording.parse(JSON.parse(inflateRawSync(packed).toString())));
