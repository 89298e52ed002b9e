// What a command could not do, in words for the person who typed it; anything else that is thrown is a defect.
export class CommandError extends Error {}
