// Lists of choices and menus take longer to make than all that is shown of them while they are closed. So a plain button stands
// for them until somebody is about to use it: the pointer is over it, or the keyboard has reached it.
import { tick, type Component } from 'svelte';

export class AtHand<Props extends Record<string, unknown>> {
  /** What takes the button's place, once it is there. */
  made = $state.raw<Component<Props> | null>(null);
  /** Whether it is to be open. */
  open = $state(false);
  #load: () => Promise<{ default: Component<Props> }>;

  constructor(load: () => Promise<{ default: Component<Props> }>) {
    this.#load = load;
  }

  /** Attributes of the plain button. */
  readonly plain = {
    onpointerenter: (event: PointerEvent) => {
      // A finger enters when it already presses.
      if (event.pointerType === 'mouse') void this.#make();
    },
    onpointerdown: (event: PointerEvent) => {
      if (event.button === 0 && event.pointerType === 'mouse') void this.#use();
    },
    onclick: () => void this.#use(),
    onfocus: (event: FocusEvent) => {
      const button = event.currentTarget as HTMLElement;
      if (button.matches(':focus-visible')) void this.#make(button);
    },
  };

  async #use(): Promise<void> {
    await this.#make();
    this.open = true;
  }

  /** The one that was reached with the keyboard keeps the focus: its place in the document is known by what stands around it. */
  async #make(focused?: HTMLElement): Promise<void> {
    const place = focused?.parentElement;
    const at = focused ? [...(place?.children ?? [])].indexOf(focused) : -1;
    const { default: component } = await this.#load();
    if (this.made) return;
    const keeps = focused !== undefined && document.activeElement === focused;
    this.made = component;
    await tick();
    if (keeps) (place?.children[at] as HTMLElement | undefined)?.focus();
  }
}
