select count(*) from dead_letter where /*filter*/
