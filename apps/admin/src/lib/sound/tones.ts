import type { DeskSound } from './nextSound.ts';

/** One note: two sine partials that die away like struck wood. Frequencies in Hz, times in seconds. */
interface Note {
  at: number;
  pitch: number;
  /** How long the deeper partial rings; the upper one dies in a third of it. */
  rings: number;
}

export const SOUNDS = {
  waits: [
    { at: 0, pitch: 440, rings: 0.16 },
    { at: 0.13, pitch: 587.33, rings: 0.22 },
  ],
  wrote: [{ at: 0, pitch: 659.25, rings: 0.2 }],
  failed: [{ at: 0, pitch: 174.61, rings: 0.3 }],
} satisfies Record<DeskSound, Note[]>;

/** The second partial of a wooden bar, and how much of it is heard. */
const UPPER = { ratio: 3.93, share: 0.28 };

/** Long enough that the note does not begin with a click. */
const ATTACK = 0.004;
const SILENCE = 0.0001;

/** Plays one of the desk's sounds; `loudness` from 0 to 1. It ends by itself within 400 ms. */
export function strike(context: AudioContext, sound: DeskSound, loudness: number): void {
  if (loudness <= 0) return;
  for (const { at, pitch, rings } of SOUNDS[sound]) {
    const start = context.currentTime + at;
    ring(context, pitch, start, rings, loudness * (1 - UPPER.share));
    ring(context, pitch * UPPER.ratio, start, rings / 3, loudness * UPPER.share);
  }
}

function ring(context: AudioContext, pitch: number, start: number, rings: number, loudness: number): void {
  const partial = new OscillatorNode(context, { type: 'sine', frequency: pitch });
  const envelope = new GainNode(context, { gain: SILENCE });
  envelope.gain.setValueAtTime(SILENCE, start);
  envelope.gain.exponentialRampToValueAtTime(Math.max(SILENCE, loudness), start + ATTACK);
  envelope.gain.exponentialRampToValueAtTime(SILENCE, start + rings);
  partial.connect(envelope).connect(context.destination);
  partial.start(start);
  partial.stop(start + rings);
}
