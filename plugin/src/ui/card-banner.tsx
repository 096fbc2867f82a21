import type { Problem } from '../api/problem.ts';
import { Card } from './card.tsx';
import { ProblemHere } from './failure-notice.tsx';

/** What WithBanner says above a page of cards. */
export const cardBanner = ( problem: Problem, retry: () => void ) => (
	<Card>
		<ProblemHere problem={ problem } onRetry={ retry } />
	</Card>
);
