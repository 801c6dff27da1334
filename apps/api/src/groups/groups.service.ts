import { Injectable } from '@nestjs/common';
import { LIMITS } from '@chatr/contracts';
import type { Actor } from '../auth/index.js';
import {
  ChatListRepository,
  ChatMemberEntity,
  ChatTransactions,
  type ChatUpdatedDto,
  type LockedChat,
  MembershipsRepository,
  type Role,
  toMember,
} from '../chats/index.js';
import { appendSystemMessage } from '../messages/index.js';
import { ProblemError } from '../platform/index.js';
import { UsersService } from '../users/index.js';
import type { GroupDto } from './group.dto.js';

/** Who may rename a group, let people in and let people go. */
const MANAGERS: readonly Role[] = ['owner', 'admin'];
const RANK: Readonly<Record<Role, number>> = { owner: 3, admin: 2, moderator: 1, member: 0 };

@Injectable()
export class GroupsService {
  constructor(
    private readonly transactions: ChatTransactions,
    private readonly memberships: MembershipsRepository,
    private readonly chats: ChatListRepository,
    private readonly users: UsersService,
  ) {}

  /** @throws ProblemError not_a_member; not_found for a direct chat */
  async get(actor: Actor, groupId: string): Promise<GroupDto> {
    const [chat] = await this.chats.byIds(actor.id, [groupId]);
    if (chat === undefined) throw new ProblemError('not_a_member');
    if (chat.type !== 'group') throw new ProblemError('not_found', 'This chat is not a group.');
    const members = (await this.chats.allMembers(groupId, undefined, actor.id)).map(toMember);
    members.sort((a, b) => RANK[b.role] - RANK[a.role] || a.user.displayName.localeCompare(b.user.displayName));
    return { id: chat.id, name: chat.name ?? '', avatarUrl: chat.avatar_url, memberCount: chat.member_count, members };
  }

  /** @throws ProblemError not_a_member; forbidden for members without the right */
  async rename(actor: Actor, groupId: string, name: string): Promise<GroupDto> {
    await this.transactions.run(groupId, async (locked) => {
      await requireManager(locked, actor);
      if (locked.chat.name === name) return;
      const version = locked.takeVersion();
      locked.chat.name = name;
      locked.chat.detailsVersion = version;
      locked.announce(version, { kind: 'updated', update: describe(locked, version), joined: [], left: [] });
      await appendSystemMessage(locked, { kind: 'renamed', actorId: actor.id, name }, `renamed the group to “${name}”`);
    });
    return this.get(actor, groupId);
  }

  /** Lets people in; those who are in it already stay as they are. @throws ProblemError forbidden, not_found, conflict (full) */
  async addMembers(actor: Actor, groupId: string, userIds: readonly string[]): Promise<GroupDto> {
    await this.users.requireActive(actor, userIds);
    const people = await this.users.byIds(userIds);
    await this.transactions.run(groupId, async (locked) => {
      await requireManager(locked, actor);
      const present = new Set((await this.chats.allMembers(groupId, locked.manager)).map((row) => row.user_id));
      const joined = userIds.filter((id) => !present.has(id));
      if (joined.length === 0) return;
      if (present.size + joined.length > LIMITS.groupMembers) {
        throw new ProblemError('conflict', `A group has at most ${LIMITS.groupMembers} members.`);
      }
      const version = locked.takeVersion();
      await this.memberships.add(
        locked,
        joined.map((userId) => ({ userId, role: 'member' })),
        version,
      );
      const rows = (await this.chats.allMembers(groupId, locked.manager)).filter((row) => joined.includes(row.user_id));
      const update = { ...describe(locked, version), members: rows.map(toMember) };
      locked.announce(version, { kind: 'updated', update, joined, left: [] });
      const names = joined.map((id) => people.get(id)?.displayName ?? '').join(', ');
      await appendSystemMessage(
        locked,
        { kind: 'members_added', actorId: actor.id, userIds: joined },
        `added ${names}`,
      );
    });
    return this.get(actor, groupId);
  }

  /** Lets somebody go who ranks below oneself. @throws ProblemError forbidden, not_found (no such member) */
  async removeMember(actor: Actor, groupId: string, userId: string): Promise<void> {
    if (userId === actor.id) return this.leave(actor, groupId);
    const people = await this.users.byIds([userId]);
    await this.transactions.run(groupId, async (locked) => {
      const manager = await requireManager(locked, actor);
      const member = await locked.manager.findOneBy(ChatMemberEntity, { chatId: groupId, userId });
      if (member === null || member.leftAt !== null)
        throw new ProblemError('not_found', 'This person is not in the group.');
      if (RANK[member.role] >= RANK[manager.role])
        throw new ProblemError('forbidden', 'You may remove only people with a lower role.');
      await this.letGo(locked, userId, 'removed');
      const name = people.get(userId)?.displayName ?? '';
      await appendSystemMessage(
        locked,
        { kind: 'member_removed', actorId: actor.id, userIds: [userId] },
        `removed ${name}`,
      );
    });
  }

  /** Leaves a group. When its owner leaves, the longest-serving member of the highest role owns it. @throws ProblemError not_a_member */
  async leave(actor: Actor, groupId: string): Promise<void> {
    await this.transactions.run(groupId, async (locked) => {
      requireGroup(locked);
      const member = await locked.requireMember(actor.id);
      await this.letGo(locked, actor.id, 'left');
      if (member.role === 'owner') await this.passOn(locked);
      await appendSystemMessage(locked, { kind: 'member_left', actorId: actor.id }, 'left the group');
    });
  }

  private async letGo(locked: LockedChat, userId: string, reason: 'left' | 'removed'): Promise<void> {
    const version = locked.takeVersion();
    await this.memberships.remove(locked, userId, version);
    const update = { ...describe(locked, version), removedUserIds: [userId] };
    locked.announce(version, { kind: 'updated', update, joined: [], left: [{ userId, reason }] });
  }

  private async passOn(locked: LockedChat): Promise<void> {
    const members = await this.chats.allMembers(locked.chat.id, locked.manager);
    const heir = members.toSorted((a, b) => RANK[b.role] - RANK[a.role])[0];
    if (heir === undefined || heir.role === 'owner') return;
    const version = locked.takeVersion();
    await locked.manager.update(
      ChatMemberEntity,
      { chatId: locked.chat.id, userId: heir.user_id },
      { role: 'owner', version },
    );
    locked.chat.detailsVersion = version;
    const update = {
      ...describe(locked, version),
      members: [toMember({ ...heir, role: 'owner' })],
    };
    locked.announce(version, { kind: 'updated', update, joined: [], left: [] });
  }
}

function requireGroup(locked: LockedChat): void {
  if (locked.chat.type !== 'group') throw new ProblemError('not_found', 'This chat is not a group.');
}

async function requireManager(locked: LockedChat, actor: Actor): Promise<ChatMemberEntity> {
  const member = await locked.requireMember(actor.id);
  requireGroup(locked);
  if (!MANAGERS.includes(member.role))
    throw new ProblemError('forbidden', 'Only owners and admins of a group may do this.');
  return member;
}

function describe({ chat }: LockedChat, version: number): ChatUpdatedDto {
  return { chatId: chat.id, version, name: chat.name ?? '', avatarUrl: chat.avatarUrl, memberCount: chat.memberCount };
}
