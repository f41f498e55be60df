/** What we use of xterm 6.0.0 beyond its public types. */
export interface Inside {
  readonly _core: {
    readonly _bufferService: { readonly buffers: { readonly normal: { readonly lines: Lines } } };
    readonly _inputHandler: InputHandler;
  };
}
interface Lines {
  onTrim(listener: (count: number) => void): void;
}
interface InputHandler {
  readonly _parser: { setExecuteHandler(char: string, handler: () => boolean): void };
  readonly _activeBuffer: {
    x: number;
    readonly y: number;
    readonly ybase: number;
    readonly lines: { get(at: number): Row | undefined };
  };
  readonly _curAttrData: object;
  tab(): boolean;
}
interface Row {
  readonly length: number;
  getString(col: number): string;
  setCellFromCodepoint(col: number, code: number, width: number, attributes: object): void;
}

const tab = 9;

/** Makes a tab over blank cells leave a character, as in iTerm2: the tab itself, then cells without one up to the tab stop. */
export function storeTabs(inside: Inside): void {
  const input = inside._core._inputHandler;
  input._parser.setExecuteHandler("\t", () => {
    const buffer = input._activeBuffer;
    const from = buffer.x;
    const done = input.tab();
    const row = buffer.lines.get(buffer.ybase + buffer.y);
    const isBlank = (col: number) => row?.getString(col) === "";
    const cols = Array.from({ length: buffer.x - from }, (_, index) => from + index);
    if (!row || !cols.every(isBlank)) return done;
    for (const col of cols)
      row.setCellFromCodepoint(col, col === from ? tab : 0, col === from ? 1 : 0, input._curAttrData);
    return done;
  });
}
