"""Works that dramas are made from: brought, found, and looked at."""
