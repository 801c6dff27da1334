import { ChatrError } from '@chatr/client';
import { FormState } from './form-state';

function refusal(code: string, errors?: { path: string; message: string }[]): ChatrError {
  return new ChatrError({
    type: '',
    title: 'Refused',
    status: 400,
    detail: '',
    code,
    requestId: '',
    ...(errors && { errors }),
  });
}

describe('FormState', () => {
  it('sends nothing while something is wrong', async () => {
    const form = new FormState(['email']);
    const action = jest.fn(() => Promise.resolve());
    expect(await form.submit({ email: 'Enter it.' }, action)).toBe(false);
    expect(form.errors()).toEqual({ email: 'Enter it.' });
    expect(action).not.toHaveBeenCalled();
  });

  it('puts refusals beside the fields they name, as sentences', async () => {
    const form = new FormState(['username']);
    const refuse = (): Promise<never> =>
      Promise.reject(refusal('validation_failed', [{ path: 'username', message: 'username is reserved' }]));
    expect(await form.submit({}, refuse)).toBe(false);
    expect(form.errors()).toEqual({ username: 'Username is reserved.' });
    expect(form.problem()).toBeUndefined();
  });

  it('says above the form what belongs to no field, and lets it be sent again', async () => {
    const form = new FormState(['username']);
    await form.submit({}, () => Promise.reject(refusal('registration_closed')));
    expect(form.problem()).toContain('invitation');
    expect(form.busy()).toBe(false);
    expect(await form.submit({}, () => Promise.resolve())).toBe(true);
    expect(form.problem()).toBeUndefined();
  });

  it('is not sent twice at once', async () => {
    const form = new FormState<never>([]);
    const first = form.submit({}, () => new Promise((resolve) => setTimeout(resolve, 5)));
    expect(await form.submit({}, () => Promise.resolve())).toBe(false);
    expect(await first).toBe(true);
  });
});
