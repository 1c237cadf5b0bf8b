"""The interview: which question comes next, what an answer means, and when to stop."""
