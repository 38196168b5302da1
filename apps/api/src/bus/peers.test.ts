import { describe, expect, it } from 'vitest';
import { Peers } from './peers.ts';

describe('Hearing other servers (SV)', () => {
  it('[SV7] a number that was skipped is a gap, one heard again is not', () => {
    const peers = new Peers();
    const heard = [1, 2, 2, 3, 5, 6].map((number) => peers.hear('one', number, 0));
    expect(heard).toEqual(['next', 'next', 'next', 'next', 'gap', 'next']);
  });

  it('[SV7] a server that is met when it has said things before is a gap; one that begins is not', () => {
    const peers = new Peers();
    expect([peers.hear('new', 1, 0), peers.hear('old', 7, 0)]).toEqual(['next', 'gap']);
  });

  it('[SV10] who was silent for too long is named, until forgotten', () => {
    const peers = new Peers();
    peers.hear('one', 1, 0);
    peers.hear('two', 1, 900);

    expect(peers.silentFor(500, 1_000)).toEqual(['one']);
    expect([peers.forget('one'), peers.forget('one')]).toEqual([true, false]);
    expect(peers.silentFor(500, 1_000)).toEqual([]);
  });
});
