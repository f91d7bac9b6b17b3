DROP INDEX issue_untriaged;
DROP INDEX issue_objection;
