// Lists of choices and menus take longer to make than all that is shown of them while they are closed. So a plain button stands
// for them until somebody uses it, or reaches it with the keyboard. It stays in its place while the pointer merely comes over it: a
// press may follow at once (over a remote desktop it always does), and what is replaced between the two gets neither.
import { tick, type Component } from 'svelte';

export class AtHand<Props extends Record<string, unknown>> {
  /** What takes the button's place, once it is there. */
  made = $state.raw<Component<Props> | null>(null);
  /** Whether it is to be open. */
  open = $state(false);
  #load: () => Promise<{ default: Component<Props> }>;
  #making: Promise<void> | null = null;

  constructor(load: () => Promise<{ default: Component<Props> }>) {
    this.#load = load;
  }

  /** Attributes of the plain button. */
  readonly plain = {
    onpointerenter: () => void this.#load(),
    onmousedown: (event: MouseEvent) => {
      if (event.button !== 0) return;
      // The press would give the focus to the button, which is about to go.
      event.preventDefault();
      void this.#use(event.currentTarget as HTMLElement);
    },
    onclick: (event: MouseEvent) => void this.#use(event.currentTarget as HTMLElement),
    onfocus: (event: FocusEvent) => {
      const button = event.currentTarget as HTMLElement;
      if (button.matches(':focus-visible')) void this.#make(button, false);
    },
  };

  async #use(button: HTMLElement): Promise<void> {
    await this.#make(button, true);
    this.open = true;
  }

  /** A press comes as two events, and both wait for the same: were the second to open the list before the first gave the focus to its
   * button, the list would close again, as the focus left it. */
  #make(button: HTMLElement, isUsed: boolean): Promise<void> {
    return (this.#making ??= this.#replace(button, isUsed).finally(() => (this.#making = null)));
  }

  /** What takes the button's place gets the focus that it has or was about to get: a list is steered from its button. */
  async #replace(button: HTMLElement, isUsed: boolean): Promise<void> {
    const { default: component } = await this.#load();
    if (this.made) return;
    // Its successor is known by what stands around it.
    const place = button.parentElement;
    const at = [...(place?.children ?? [])].indexOf(button);
    const takesFocus = isUsed || document.activeElement === button;
    this.made = component;
    await tick();
    if (takesFocus) (place?.children[at] as HTMLElement | undefined)?.focus();
  }
}
