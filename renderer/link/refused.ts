/** This page was never let in, or no longer is: trying again does not help, a new code does. */
export class Refused extends Error {
  override readonly name = "Refused";
}
