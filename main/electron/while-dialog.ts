/** Knows whether a native dialog of ours is open: it takes the focus, and the popover must not hide because of that. */
export interface WhileDialog {
  readonly isOpen: boolean;
  during<T>(dialog: () => Promise<T>): Promise<T>;
}

export function createWhileDialog(): WhileDialog {
  let open = 0;
  return {
    get isOpen() {
      return open > 0;
    },
    async during(dialog) {
      open++;
      try {
        return await dialog();
      } finally {
        open--;
      }
    },
  };
}
