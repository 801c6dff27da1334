import type { ChatUpdated, Member, Position } from './wire.js';

type Members = Member[] | undefined;

/** The members after one of them came this far; the same list where nothing moved. */
export function moveMember(members: Members, { userId, deliveredSeq, readSeq }: Position): Members {
  const index = members?.findIndex((member) => member.user.id === userId) ?? -1;
  const member = members?.[index];
  if (members === undefined || member === undefined) return members;
  const moved = advance(member, deliveredSeq, readSeq);
  return moved === member ? members : members.with(index, moved);
}

/** The members as a change of the chat leaves them. */
export function updateMembers(members: Members, update: ChatUpdated): Members {
  if (members === undefined) return undefined;
  const changed = update.members ?? [];
  const replaced = new Set([...(update.removedUserIds ?? []), ...changed.map((member) => member.user.id)]);
  const kept = members.filter((member) => !replaced.has(member.user.id));
  return [...kept, ...(withKnownPositions(changed, members) ?? [])];
}

/** Members as somebody described them, each with no less than the position that is known already. */
export function withKnownPositions(described: Members, known: Members): Members {
  return described?.map((member) => {
    const before = known?.find((other) => other.user.id === member.user.id);
    return before === undefined ? member : advance(member, before.deliveredSeq, before.readSeq);
  });
}

/** The member, with a position that is no less than these numbers. */
function advance(member: Member, deliveredSeq: number, readSeq: number): Member {
  const read = Math.max(member.readSeq, readSeq);
  const delivered = Math.max(member.deliveredSeq, deliveredSeq, read);
  if (read === member.readSeq && delivered === member.deliveredSeq) return member;
  return { ...member, readSeq: read, deliveredSeq: delivered };
}
