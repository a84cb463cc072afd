/** Turns recipes into sound, by a graph of Web Audio that lets go of each voice as it ends. */
import type { Recipe, Voice } from './recipes.ts';

/** As many voices as a lively match has at once; what would be more is left out. */
const mostVoices = 32;
/** How much of the clicks is heard while something else is told. */
const ducked = 0.4;
/** Below this nothing is heard; an exponential never reaches 0. */
const silence = 0.0001;

export class Mixer {
  readonly #context: BaseAudioContext;
  readonly #places: Record<Recipe['place'], AudioNode>;
  /** What is made quieter while something else is told. */
  readonly #clicks: GainNode;
  readonly #noise: AudioBuffer;
  readonly #sources = new Set<AudioScheduledSourceNode>();

  constructor(context: BaseAudioContext) {
    this.#context = context;
    this.#noise = rustle(context);
    // Many voices at once may add up to more than there is.
    const limiter = new DynamicsCompressorNode(context, {
      threshold: -14,
      knee: 8,
      ratio: 14,
      attack: 0.002,
      release: 0.12,
    });
    const volume = new GainNode(context, { gain: 0.75 });
    limiter.connect(volume).connect(context.destination);
    this.#clicks = new GainNode(context);
    this.#clicks.connect(limiter);
    const theirSide = new StereoPannerNode(context, { pan: 0.65 });
    theirSide.connect(this.#clicks);
    this.#places = { mine: this.#clicks, theirs: theirSide, front: limiter };
  }

  /** Voices that sound, or are yet to. */
  get playing(): number {
    return this.#sources.size;
  }

  /** @param at when, in seconds of the context's time */
  play({ voices, place }: Recipe, at = this.#context.currentTime): void {
    if (this.#sources.size + voices.length > mostVoices) return;
    for (const voice of voices) this.#start(voice, this.#places[place], at + (voice.at ?? 0));
    if (place === 'front') this.#duck(at, Math.max(...voices.map((voice) => (voice.at ?? 0) + voice.length)));
  }

  /** Silence, at once. */
  stop(): void {
    for (const source of this.#sources) source.stop();
  }

  #start(voice: Voice, place: AudioNode, at: number): void {
    const { attack = 0.003, length, peak } = voice;
    const end = at + attack + length;
    const source = this.#source(voice, at, end);
    const loudness = new GainNode(this.#context, { gain: 0 });
    loudness.gain.setValueAtTime(silence, at);
    loudness.gain.exponentialRampToValueAtTime(peak, at + attack);
    loudness.gain.exponentialRampToValueAtTime(silence, end);
    const nodes = [source, ...this.#filter(voice, at, end), loudness, place];
    nodes.reduce((from, to) => from.connect(to));
    this.#sources.add(source);
    source.onended = () => {
      this.#sources.delete(source);
      for (const node of nodes.slice(0, -1)) node.disconnect();
    };
    source.start(at);
    source.stop(end);
  }

  #source({ wave, hz, toHz }: Voice, at: number, end: number): AudioScheduledSourceNode {
    if (wave === 'noise')
      return new AudioBufferSourceNode(this.#context, { buffer: this.#noise, loop: true });
    const tone = new OscillatorNode(this.#context, { type: wave, frequency: hz });
    tone.frequency.setValueAtTime(hz, at);
    if (toHz !== undefined) tone.frequency.exponentialRampToValueAtTime(toHz, end);
    return tone;
  }

  #filter({ wave, hz, lowpass }: Voice, at: number, end: number): BiquadFilterNode[] {
    if (wave === 'noise')
      return [new BiquadFilterNode(this.#context, { type: 'bandpass', frequency: hz, Q: 0.9 })];
    if (!lowpass) return [];
    const filter = new BiquadFilterNode(this.#context, { type: 'lowpass', Q: lowpass.q });
    filter.frequency.setValueAtTime(lowpass.hz, at);
    filter.frequency.exponentialRampToValueAtTime(lowpass.toHz, end);
    return [filter];
  }

  #duck(at: number, length: number): void {
    const { gain } = this.#clicks;
    gain.cancelScheduledValues(at);
    gain.setTargetAtTime(ducked, at, 0.015);
    gain.setTargetAtTime(1, at + Math.min(length, 0.7), 0.12);
  }
}

/** Half a second of it, to be played over and over. */
function rustle(context: BaseAudioContext): AudioBuffer {
  const buffer = context.createBuffer(1, context.sampleRate / 2, context.sampleRate);
  const samples = buffer.getChannelData(0);
  for (let i = 0; i < samples.length; i++) samples[i] = Math.random() * 2 - 1;
  return buffer;
}
