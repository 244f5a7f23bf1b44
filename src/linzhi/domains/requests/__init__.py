"""诉求: what residents ask, report, complain of or praise, from intake to the answer that satisfies them.

Nouns: Request, Dispatch (one handing to a body), Follow (一起反映), Rating, Photo. A request follows the working
method of its place (a flow Matter); this domain owns the facts, the engine owns the steps and limits.
Life: reported → accepted → dispatched → signed → handled → fed back → verified → answered by the resident → closed,
or closed honestly without a fix; reopened when the resident says so.
Never: closing by timeout; showing the reporter to the body accused; a score of a person.
"""
