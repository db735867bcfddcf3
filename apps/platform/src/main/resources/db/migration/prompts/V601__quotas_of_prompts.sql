-- How many prompts one tenant may have (ADR 0041).
CALL patchbay.limit_rows('patchbay.prompt_template', 500);
CALL patchbay.limit_rows('patchbay.template_release', 10000);
CALL patchbay.limit_rows('patchbay.prompt_instance', 10000);
CALL patchbay.limit_rows('patchbay.prompt_release', 50000);
