import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import {
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { Chatr, Drafts, People, summary, Toasts } from '../core';
import { Icon } from '../ui';
import { ComposeTarget } from './compose-target';
import { cleanText, MESSAGE_LENGTH, roomWords } from './compose-text';

/** Where messages are written, answered and edited. One instance for each opened chat. */
@Component({
  selector: 'chatr-composer',
  imports: [CdkTextareaAutosize, Icon],
  templateUrl: './composer.html',
  styleUrl: './composer.css',
})
export class Composer {
  readonly chatId = input.required<string>();
  readonly sent = output();

  private readonly chatr = inject(Chatr);
  private readonly drafts = inject(Drafts);
  private readonly people = inject(People);
  private readonly toasts = inject(Toasts);
  private readonly field = viewChild.required<ElementRef<HTMLTextAreaElement>>('field');
  private readonly size = viewChild.required(CdkTextareaAutosize);
  protected readonly target = inject(ComposeTarget);

  /** The changed text of the message being edited; the draft of a new one waits meanwhile. */
  private readonly edited = signal('');
  protected readonly saving = signal(false);

  protected readonly text = computed(() =>
    this.target.editing() === undefined ? this.drafts.get(this.chatId()) : this.edited(),
  );
  protected readonly room = computed(() => roomWords(this.text()));
  protected readonly tooLong = computed(() => cleanText(this.text()).length > MESSAGE_LENGTH);
  protected readonly canSend = computed(() => cleanText(this.text()) !== '' && !this.tooLong() && !this.saving());

  /** The message that the bar above the field is about. */
  protected readonly about = computed(() => {
    const editing = this.target.editing();
    const message = editing ?? this.target.replyingTo();
    if (message === undefined) return undefined;
    const name = message.mine ? 'yourself' : this.people.name(message.senderId);
    return {
      title: editing === undefined ? `Reply to ${name}` : 'Edit message',
      text: summary(message, this.chatr.me()?.id ?? '', (id) => this.people.name(id)),
    };
  });

  constructor() {
    effect(() => {
      const editing = this.target.editing();
      const replying = this.target.replyingTo();
      untracked(() => {
        if (editing !== undefined) this.edited.set(editing.content);
        if (editing !== undefined || replying !== undefined) this.focus();
      });
    });
    // The field's height follows its text also when that was not typed: after sending, on taking up a draft.
    effect(() => {
      const text = this.text();
      const field = this.field().nativeElement;
      if (field.value !== text) field.value = text;
      this.size().resizeToFitContent(true);
    });
  }

  focus(): void {
    const field = this.field().nativeElement;
    // After the menu that led here has given the focus back.
    setTimeout(() => {
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    });
  }

  protected take(text: string): void {
    if (this.target.editing() !== undefined) {
      this.edited.set(text);
      return;
    }
    this.drafts.set(this.chatId(), text);
    this.chatr.setTyping(this.chatId(), text.trim() !== '');
  }

  protected onKey(event: KeyboardEvent): void {
    // An input method's Enter picks a word; it does not send.
    if (event.isComposing) return;
    if (event.key === 'Enter' && !event.shiftKey) void this.submit();
    else if (event.key === 'Escape' && this.about() !== undefined) this.cancel();
    else if (event.key === 'ArrowUp' && this.text() === '') this.editLast();
    else return;
    event.preventDefault();
  }

  protected cancel(): void {
    this.target.clear();
    this.focus();
  }

  protected async submit(): Promise<void> {
    if (!this.canSend()) return;
    const editing = this.target.editing();
    if (editing?.id === undefined) this.send(cleanText(this.text()));
    else await this.save(editing.id, editing.content, cleanText(this.text()));
  }

  private send(text: string): void {
    this.chatr.send(this.chatId(), text, this.target.replyingTo()?.id);
    this.drafts.set(this.chatId(), '');
    this.field().nativeElement.value = '';
    this.target.clear();
    this.sent.emit();
  }

  private async save(messageId: string, before: string, text: string): Promise<void> {
    if (text !== before) {
      this.saving.set(true);
      const saved = await this.toasts.attempt(() => this.chatr.edit(messageId, text));
      this.saving.set(false);
      if (!saved) return;
    }
    this.target.clear();
  }

  private editLast(): void {
    const last = this.chatr
      .messages(this.chatId())
      .findLast(
        (message) =>
          message.mine && message.state === 'confirmed' && message.type === 'text' && message.deletedAt === undefined,
      );
    if (last !== undefined) this.target.edit(last);
  }
}
