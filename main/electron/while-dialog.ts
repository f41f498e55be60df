/**
 * Knows whether a native dialog of ours is open: it takes the focus, and the popover must not hide because of that. An app
 * without a window is not in front when its menu is used, and macOS leaves its dialogs behind the others (electron/electron#4719).
 */
export interface WhileDialog {
  readonly isOpen: boolean;
  during<T>(dialog: () => Promise<T>): Promise<T>;
}

export function createWhileDialog(comeToFront: () => void): WhileDialog {
  let open = 0;
  return {
    get isOpen() {
      return open > 0;
    },
    async during(dialog) {
      if (open++ === 0) comeToFront();
      try {
        return await dialog();
      } finally {
        open--;
      }
    },
  };
}
