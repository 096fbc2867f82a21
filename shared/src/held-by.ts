import { z } from 'zod';

/**
 * What holds a message, as far as the rules of its server and its log tell: the `pause` of its Unix user · their `cap` · the
 * `sandbox` · a `sender` that is not listed for their site · that they have `no_route`, where such mail is held · `other`: none of
 * what is in force now, so a person, or what was in force when it came.
 */
export const holders = [ 'pause', 'cap', 'sandbox', 'sender', 'no_route', 'other' ] as const;
export const heldBy = z.enum( holders );
export type HeldBy = z.infer< typeof heldBy >;
