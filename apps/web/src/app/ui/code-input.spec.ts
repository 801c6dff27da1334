import { type ComponentFixture, TestBed } from '@angular/core/testing';
import { CodeInput } from './code-input';

function typeInto(fixture: ComponentFixture<CodeInput>, text: string): HTMLInputElement {
  const field = (fixture.nativeElement as HTMLElement).querySelector('input');
  if (field === null) throw new Error('there is no field');
  field.value = text;
  field.dispatchEvent(new Event('input'));
  return field;
}

describe('CodeInput', () => {
  it('takes a pasted sentence for its digits and says when all six are there', () => {
    const fixture = TestBed.createComponent(CodeInput);
    const completed: string[] = [];
    fixture.componentInstance.completed.subscribe((code) => completed.push(code));
    fixture.detectChanges();
    expect(typeInto(fixture, 'code: 12-3').value).toBe('123');
    expect(completed).toEqual([]);
    typeInto(fixture, 'Your code: 123 456 (10 minutes)');
    expect(fixture.componentInstance.value()).toBe('123456');
    expect(completed).toEqual(['123456']);
  });

  it('takes full-width digits, too', () => {
    const fixture = TestBed.createComponent(CodeInput);
    fixture.detectChanges();
    expect(typeInto(fixture, '123456').value).toBe('123456');
  });
});
