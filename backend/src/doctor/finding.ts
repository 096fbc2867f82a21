/** What one check found out. */
export interface Finding {
	check: string;
	/** `problem`: the backend cannot work so. `warning`: it can, and somebody will be sorry one day. */
	state: 'fine' | 'warning' | 'problem';
	/** One sentence. */
	told: string;
	/** What to do. */
	advice?: string;
}

export const fine = ( check: string, told: string ): Finding => ( { check, state: 'fine', told } );
export const warning = ( check: string, told: string, advice: string ): Finding => ( {
	...{ check, state: 'warning', told, advice },
} );
export const problem = ( check: string, told: string, advice: string ): Finding => ( {
	...{ check, state: 'problem', told, advice },
} );

/** A set-up that cannot work, and that starting again would not mend: in one sentence with its advice. */
export class Refusal extends Error {
	constructor( { told, advice }: Pick< Finding, 'told' | 'advice' > ) {
		super( [ told, advice ].filter( Boolean ).join( ' ' ) );
		this.name = 'Refusal';
	}
}
