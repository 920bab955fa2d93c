"""How documents travel: answers, errors, paging, bodies and patches over Litestar."""
