import { isLocal, type Problem } from '../api/problem.ts';
import { errorWords } from './errors.ts';
import type { Words } from './failure.ts';
import { localErrorWords } from './local-errors.ts';

/** Why a request was refused or not answered, wherever that happened. */
export function failureWords( problem: Problem ): Words {
	return isLocal( problem ) ? localErrorWords( problem.code ) : errorWords( problem.code, problem.detail );
}
