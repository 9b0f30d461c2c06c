"""Control as something that changes in time: who gained which ground between two days, and who held it when."""
