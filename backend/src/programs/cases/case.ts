// Only for tests: what a case of a program is.
import type { ProgramName } from '../compose.ts';

/** What a command answers in place of the real one: what it prints, its exit code, or both. */
export type Answer = string | number | { prints: string; code: number };

/** One example of what functions of our programs do on a server, which is a folder. */
export interface Case {
	/** What it shows. */
	name: string;
	/** Files on the server by path. A path that ends with `/` is a folder, contents that begin with `-> ` are a link. */
	files?: Record< string, string >;
	/** Command lines, `*` stands for anything, and what they answer. What is not named says nothing and fails. */
	commands?: Record< string, Answer >;
	/** What calls the functions; `$root` is the server. */
	run: string;
	stdin?: string;
	/** All that it prints; by default nothing. An expression where it is longer than what matters. */
	prints?: string | RegExp;
	/** By default 0. */
	code?: number;
	/** What files hold afterwards; null for one that is not there, a path of a folder for one that is. */
	leaves?: Record< string, string | null >;
	/** Of the commands that are not the real ones: how they were called, in this order. Asking ones are left out. */
	calls?: string[];
}

/** Cases of the same functions. */
export interface Cases {
	/** Functions of `lib/`, or all of a program but its call of `main`. */
	of: readonly string[] | { program: ProgramName };
	cases: readonly Case[];
}
