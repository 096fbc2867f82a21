import { inspect } from 'node:util';

/**
 * A value that cannot get into a string, a log line or JSON by accident: it prints as `***`.
 * Only `reveal()` gives it out; search for that word to find every place where a secret leaves.
 */
export class Secret {
	readonly #value: string;

	constructor( value: string ) {
		this.#value = value;
	}

	reveal(): string {
		return this.#value;
	}

	toString(): string {
		return '***';
	}

	toJSON(): string {
		return '***';
	}

	[ inspect.custom ](): string {
		return '***';
	}
}
