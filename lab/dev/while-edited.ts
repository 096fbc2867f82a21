import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Changes a file for the length of the work and puts it back, also after an error and where the process ends meanwhile.
 * What a person has saved in it since then is left alone.
 */
export async function whileEdited< Result >(
	file: string,
	change: ( text: string ) => string,
	work: () => Promise< Result >
): Promise< Result > {
	const before = readFileSync( file, 'utf8' );
	const edited = change( before );
	const putBack = () => {
		if ( readFileSync( file, 'utf8' ) === edited ) {
			writeFileSync( file, before );
		}
	};
	process.once( 'exit', putBack );
	writeFileSync( file, edited );
	try {
		return await work();
	} finally {
		process.off( 'exit', putBack );
		putBack();
	}
}
