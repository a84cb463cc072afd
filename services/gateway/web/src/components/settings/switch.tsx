import type { Signal } from '@preact/signals';

/** One setting that is on or off; its knob shows which. */
export function Switch({ label, of, testId }: { label: string; of: Signal<boolean>; testId: string }) {
  return (
    <button
      class="switch"
      type="button"
      role="switch"
      data-testid={testId}
      aria-checked={of.value}
      onClick={() => {
        of.value = !of.value;
      }}
    >
      {label}
      <span class="switch__track" aria-hidden="true" />
    </button>
  );
}
