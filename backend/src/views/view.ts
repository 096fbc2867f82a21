/**
 * An answer that views/ made: the only thing a call may answer with. Its body is told after what this person is not
 * shown was taken out, so a call that forgets that does not compile. Only views/ makes one (held by lint).
 */
export class View< out Body > {
	readonly #body: Body;

	constructor( body: Body ) {
		this.#body = body;
	}

	get body(): Body {
		return this.#body;
	}
}
