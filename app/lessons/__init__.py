"""What is made of labs: their claims measured, a solution checked over seeds, sheets for print."""
