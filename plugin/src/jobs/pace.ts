/** How long to wait before the next question about a job: each second while it speaks, slower when quiet. */
export function pauseMs( quietForMs: number ): number {
	if ( quietForMs < 20_000 ) {
		return 1000;
	}
	return quietForMs < 120_000 ? 2000 : 5000;
}

/** After so many failed questions in a row we stop asking and offer Retry: about five minutes. */
export const patience = 60;
