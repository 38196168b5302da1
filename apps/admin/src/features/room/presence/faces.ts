import type { RoomMember } from '@sala/contracts';

export const MOST_FACES = 3;

/**
 * Whose faces are shown, and who is only counted. Faces keep their places while all have one; otherwise those who type
 * come first, then those who look, so that nobody types unseen.
 */
export function facesOf(others: readonly RoomMember[], most: number): { shown: RoomMember[]; more: RoomMember[] } {
  if (others.length <= most) return { shown: [...others], more: [] };
  const sorted = others.toSorted((a, b) => nearness(b) - nearness(a));
  return { shown: sorted.slice(0, most), more: sorted.slice(most) };
}

const nearness = ({ typing, viewing }: RoomMember): number => (typing ? 2 : viewing ? 1 : 0);

/** Who came and who went since it was last told. Who did both was not there. */
export function comings(told: ReadonlySet<string>, now: ReadonlySet<string>): { joined: string[]; left: string[] } {
  return {
    joined: [...now].filter((id) => !told.has(id)),
    left: [...told].filter((id) => !now.has(id)),
  };
}
