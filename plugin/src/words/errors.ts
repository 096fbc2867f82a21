import type { DetailOf, ErrorCode } from '@email-gateway/shared';
import { atTheDoor } from './errors-at-the-door.ts';
import { atTheProvider } from './errors-at-the-provider.ts';
import { atTheServer } from './errors-at-the-server.ts';
import { ofChanges } from './errors-of-changes.ts';
import type { Sentences, Words } from './failure.ts';

/** What each failure means, and what to do. A code without a sentence does not compile. */
const sentences: Sentences< ErrorCode > = { ...atTheDoor, ...atTheServer, ...atTheProvider, ...ofChanges };

export function isKnownError( code: string ): code is ErrorCode {
	return Object.hasOwn( sentences, code );
}

/** The sentences of a failure. */
export function errorWords< Code extends ErrorCode >( code: Code, detail: DetailOf< Code > ): Words {
	return sentences[ code ]( detail );
}
