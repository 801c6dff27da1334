import { IsInt, IsString, Length, Max, Min, ValidateIf } from 'class-validator';
import { ChatRemovedDto, ChatUpdatedDto } from '../chats/index.js';
import { EditMessageDto, SendMessageDto } from '../messages/index.js';
import { IsId } from '../platform/index.js';
import { PresenceDto } from '../presence/index.js';
import { ContactChangeDto } from '../users/index.js';

/** `message:send` */
export class SendEventDto extends SendMessageDto {
  @ValidateIf((draft: SendEventDto) => draft.recipientId === undefined || draft.chatId !== undefined)
  @IsId()
  chatId?: string;

  /** Instead of `chatId`: the person whom the direct chat is with. It comes into being with its first message. */
  @ValidateIf((draft: SendEventDto) => draft.recipientId !== undefined)
  @IsId()
  recipientId?: string;
}

/** `message:edit` */
export class EditEventDto extends EditMessageDto {
  @IsId()
  messageId: string;
}

/** `message:unsend` */
export class UnsendEventDto {
  @IsId()
  messageId: string;
}

/** `message:delivered`, and `message:read` in its object form */
export class PositionEventDto {
  @IsId()
  chatId: string;

  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  seq: number;
}

/** `typing:start` and `typing:stop` */
export class ChatEventDto {
  @IsId()
  chatId: string;
}

/** `auth:renew` */
export class RenewEventDto {
  @IsString()
  @Length(1, 4096)
  token: string;
}

/** The payload of `message:status`: how far somebody has come. */
export class MessageStatusDto {
  chatId: string;
  userId: string;
  status: 'delivered' | 'read';
  /** Everything up to this message. */
  seq: number;
  /** The id of that message. */
  messageId: string;
}

/** The payload of `typing:status`. */
export class TypingStatusDto {
  chatId: string;
  userId: string;
  isTyping: boolean;
}

/** The payload of `presence:update`. */
export class PresenceUpdateDto {
  users: PresenceDto[];
}

/** The payload of `session:ended`, after which the server ends the connection. */
export class SessionEndedDto {
  reason:
    | 'logout'
    | 'revoked'
    | 'administrator'
    | 'expired'
    | 'password_reset'
    | 'suspended'
    | 'refresh_reuse'
    | 'account_deleted';
}

/** The payload of `server:draining`: the server is about to stop. */
export class ServerDrainingDto {
  /** Connect again at a random moment within this time. */
  reconnectWithinMs: number;
}

/** The shapes of socket events, for the API's document: no route mentions them. */
export const eventModels = [
  SendEventDto,
  EditEventDto,
  UnsendEventDto,
  PositionEventDto,
  ChatEventDto,
  RenewEventDto,
  ChatUpdatedDto,
  ChatRemovedDto,
  MessageStatusDto,
  TypingStatusDto,
  ContactChangeDto,
  PresenceUpdateDto,
  SessionEndedDto,
  ServerDrainingDto,
];
