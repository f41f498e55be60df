import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The spec whose wait of 150 s is the point: begun last, it would keep one worker waiting for it at the end. */
const longest = "manager-long-wait.spec.ts";

/** Vitest's own order, by size where it has not timed the files before, but for the longest. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith(longest);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}
